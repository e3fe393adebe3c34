import { useId } from 'react';
import { NavLink } from 'react-router';
import { useAccount } from '../config/account.ts';
import { type NavigationGroup, navigationOf } from '../config/resources.tsx';
import { text } from '../locales/index.ts';

type Props = {
  /** Only the signs are shown: each says its name as a tip. */
  collapsed?: boolean;
  onFollow?: () => void;
};

/** Where somebody of this role can go, by what it is for. */
export function PlaceList({ collapsed = false, onFollow }: Props) {
  const { role } = useAccount();
  return (
    <div className="mm-places">
      {navigationOf(role).map((one) => (
        <PlaceGroup key={one.group ?? 'start'} {...one} collapsed={collapsed} onFollow={onFollow} />
      ))}
    </div>
  );
}

type GroupProps = NavigationGroup & { collapsed: boolean; onFollow: (() => void) | undefined };

function PlaceGroup({ group, places, collapsed, onFollow }: GroupProps) {
  const { role } = useAccount();
  const heading = useId();
  return (
    <>
      {group ? (
        <h2 id={heading} className="mm-places-heading">
          <span className="mm-rail-word">{text.shell.groups[group]}</span>
        </h2>
      ) : null}
      <ul {...(group ? { 'aria-labelledby': heading } : {})}>
        {places.map(({ resource, path, label, icon }) => (
          <li key={resource} className="mm-rail-item">
            <NavLink
              to={path}
              end={path === '/'}
              className="mm-rail-link"
              title={collapsed ? label(role) : undefined}
              onClick={onFollow}
            >
              <span className="mm-rail-icon" aria-hidden="true">
                {icon}
              </span>
              <span className="mm-rail-word">{label(role)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  );
}
