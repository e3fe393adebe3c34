import {
  DesktopOutlined,
  KeyOutlined,
  LogoutOutlined,
  MoonOutlined,
  SettingOutlined,
  SunOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useAccount } from '../config/account.ts';
import { placesOf } from '../config/resources.tsx';
import { text } from '../locales/index.ts';
import { type Mode, modes, setMode } from '../theme/mode.ts';
import { type SheetName, useSheets } from './sheets/sheets.ts';
import { keysOfPlaces } from './shortcuts.ts';
import { useSignOut } from './use-sign-out.ts';

export type Command = {
  id: string;
  group: 'pages' | 'actions';
  label: string;
  icon: ReactNode;
  /** The keys that do the same, one after the other. */
  keys?: readonly string[];
  run: () => void;
};

const themeIcons: Record<Mode, ReactNode> = {
  system: <DesktopOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
};

/** Everything that somebody of this role can do from anywhere: pages of theirs, and what concerns themself. */
export function useCommands(): readonly Command[] {
  const { role } = useAccount();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { open } = useSheets();
  const sheet = (name: SheetName, icon: ReactNode, keys?: readonly string[]): Command => ({
    id: name,
    group: 'actions',
    label: text.sheets[name].title,
    icon,
    ...(keys ? { keys } : {}),
    run: () => open(name),
  });
  return [
    ...placesOf(role).map(({ resource, path, label, icon }): Command => {
      const key = keysOfPlaces[resource];
      return {
        id: resource,
        group: 'pages',
        label: label(role),
        icon,
        ...(key ? { keys: ['g', key] } : {}),
        run: () => navigate(path),
      };
    }),
    sheet('preferences', <SettingOutlined />),
    sheet('keys', <KeyOutlined />, ['?']),
    ...modes.map(
      (mode): Command => ({
        id: `theme-${mode}`,
        group: 'actions',
        label: `${text.shell.theme}: ${text.shell.themes[mode]}`,
        icon: themeIcons[mode],
        run: () => setMode(mode),
      }),
    ),
    { id: 'out', group: 'actions', label: text.account.signOut, icon: <LogoutOutlined />, run: () => signOut(false) },
    {
      id: 'out-everywhere',
      group: 'actions',
      label: text.account.signOutEverywhere,
      icon: <LogoutOutlined />,
      run: () => signOut(true),
    },
  ];
}
