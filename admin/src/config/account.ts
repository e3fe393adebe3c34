import { createContext, useContext } from 'react';
import { isOffered, type ResourceName } from '../providers/access/index.ts';
import type { Account } from '../providers/auth/index.ts';

const AccountContext = createContext<Account | undefined>(undefined);
export const AccountProvider = AccountContext.Provider;

/** The signed-in person; every page inside the shell has one. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('useAccount is used outside of the shell');
  return account;
}

/** Whether this action is offered to the signed-in person. The database decides again. */
export function useOffered(resource: ResourceName, action: string): boolean {
  return isOffered(useAccount().role, resource, action);
}
