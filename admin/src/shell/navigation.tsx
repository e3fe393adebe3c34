import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { Mark } from '../components/mark.tsx';
import { useAccount } from '../config/account.ts';
import { placesOf } from '../config/resources.tsx';
import { text } from '../locales/index.ts';

/** A rail at the side where there is room, a bar at the thumb on a phone: the same list, placed by CSS. */
export function Navigation({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const { role } = useAccount();
  const places = placesOf(role);
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  // On a phone the place one is at may lie outside of the bar.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it reacts to
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <nav className="mm-rail" aria-label={text.shell.navigation}>
      <div className="mm-rail-brand">
        <Mark size={32} />
        <span className="mm-rail-word">
          {text.brand.name}
          <small>{text.brand.product}</small>
        </span>
      </div>
      <ul ref={list}>
        {places.map(({ resource, path, label, icon }) => (
          <li key={resource} className="mm-rail-item">
            <NavLink to={path} end={path === '/'} className="mm-rail-link" title={collapsed ? label(role) : undefined}>
              <span className="mm-rail-icon" aria-hidden="true">
                {icon}
              </span>
              <span className="mm-rail-word">{label(role)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="mm-rail-toggle"
        onClick={onToggle}
        aria-expanded={!collapsed}
        aria-label={collapsed ? text.shell.expand : text.shell.collapse}
      >
        {collapsed ? <RightOutlined aria-hidden /> : <LeftOutlined aria-hidden />}
      </button>
    </nav>
  );
}
