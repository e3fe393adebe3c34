import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useAccount } from '../config/account.ts';
import { placesOf } from '../config/resources.tsx';
import { text } from '../locales/index.ts';

type Trail = { current: string | undefined; setCurrent: (name: string | undefined) => void };
const TrailContext = createContext<Trail>({ current: undefined, setCurrent: () => undefined });

export function TrailProvider({ children }: { children: ReactNode }) {
  const [current, setCurrent] = useState<string>();
  return <TrailContext value={{ current, setCurrent }}>{children}</TrailContext>;
}

/** Names the record that the page shows, for the breadcrumbs. */
export function useTrail(name: string | undefined): void {
  const { setCurrent } = useContext(TrailContext);
  useEffect(() => {
    setCurrent(name);
    return () => setCurrent(undefined);
  }, [name, setCurrent]);
}

export function Breadcrumbs() {
  const { role } = useAccount();
  const { pathname } = useLocation();
  const { current } = useContext(TrailContext);
  const place = placesOf(role).find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  if (!place) return <div />;
  const onList = pathname === place.path;
  return (
    <nav aria-label={text.shell.breadcrumbs} className="mm-trail">
      <ol>
        <li>
          {onList ? (
            <span aria-current="page">{place.label(role)}</span>
          ) : (
            <Link to={place.path}>{place.label(role)}</Link>
          )}
        </li>
        {!onList && current ? (
          <li>
            <span aria-current="page">{current}</span>
          </li>
        ) : null}
      </ol>
    </nav>
  );
}
