create trigger tg_notification_deliveries__keep before update of
  id, notification_id, kind, channel, destination, created_at on app.notification_deliveries
  for each row execute function app.tg_keep('id', 'notification_id', 'kind', 'channel', 'destination', 'created_at');
create trigger tg_notification_deliveries__transition before update of state on app.notification_deliveries
  for each row execute function app.tg_delivery_transition();
