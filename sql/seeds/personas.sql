-- The six people of the development stack and the tests. Never applied in production: the identity provider says who exists there.
insert into app.profiles as p (subject, role, email, display_name)
values
  ('user_amelia_hart', 'coach', 'amelia.hart@example.com', 'Amelia Hart'),
  ('user_ben_okafor', 'coach', 'ben.okafor@example.com', 'Ben Okafor'),
  ('user_priya_nair', 'admin', 'priya.nair@example.com', 'Priya Nair'),
  ('user_helen_castellano', 'compliance', 'helen.castellano@example.com', 'Helen Castellano'),
  ('user_tomas_reid', 'operator', 'tomas.reid@example.com', 'Tomas Reid'),
  ('user_grace_lin', 'auditor', 'grace.lin@example.com', 'Grace Lin')
on conflict (subject) do nothing;
