import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { Mark } from '../components/mark.tsx';
import { text } from '../locales/index.ts';
import { PlaceList } from './place-list.tsx';

/** A rail at the side, where there is room for one. */
export function Navigation({ collapsed, onToggle }: { collapsed: boolean; onToggle: () => void }) {
  const rail = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // In a low window the place one is at may lie outside of the rail.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it reacts to
  useEffect(() => {
    rail.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  return (
    <nav ref={rail} className="mm-rail" aria-label={text.shell.navigation}>
      <Brand />
      <PlaceList collapsed={collapsed} />
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

export function Brand() {
  return (
    <div className="mm-rail-brand">
      <Mark size={32} />
      <span className="mm-rail-word">
        {text.brand.name}
        <small>{text.brand.product}</small>
      </span>
    </div>
  );
}
