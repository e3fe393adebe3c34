import { Navigate } from 'react-router';
import { useAccount } from '../config/account.ts';
import { placesOf } from '../config/resources.tsx';

/** Everybody starts at the first page of their role. */
export default function HomePage() {
  const { role } = useAccount();
  return <Navigate to={placesOf(role)[0]?.path ?? '/nowhere'} replace />;
}
