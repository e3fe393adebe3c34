import {
  DesktopOutlined,
  GlobalOutlined,
  KeyOutlined,
  LogoutOutlined,
  MoonOutlined,
  SearchOutlined,
  SettingOutlined,
  SunOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { MenuButton } from '../components/menu-button.tsx';
import { useAccount } from '../config/account.ts';
import { text } from '../locales/index.ts';
import { type Mode, modes, setMode, useMode } from '../theme/mode.ts';
import { ownZone } from '../time/zone.ts';
import { NoticeBell } from './notices/notice-bell.tsx';
import { useSheets } from './sheets/sheets.ts';
import { useSignOut } from './use-sign-out.ts';

export function Toolbar() {
  return (
    <div className="mm-toolbar">
      <PaletteButton />
      <NoticeBell />
      <ThemeSwitch />
      <AccountMenu />
    </div>
  );
}

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);
const paletteKeys = isMac ? '⌘K' : 'Ctrl K';

function PaletteButton() {
  const { open } = useSheets();
  return (
    <button
      type="button"
      className="mm-find"
      aria-label={`${text.sheets.palette.button} ${paletteKeys}`}
      aria-keyshortcuts={isMac ? 'Meta+K' : 'Control+K'}
      onClick={() => open('palette')}
    >
      <SearchOutlined aria-hidden />
      <span aria-hidden="true">{text.sheets.palette.button}</span>
      <span className="mm-find-keys" aria-hidden="true">
        {paletteKeys}
      </span>
    </button>
  );
}

const icons: Record<Mode, React.ReactNode> = {
  system: <DesktopOutlined aria-hidden />,
  light: <SunOutlined aria-hidden />,
  dark: <MoonOutlined aria-hidden />,
};

function ThemeSwitch() {
  const mode = useMode();
  return (
    <MenuButton
      label={`${text.shell.theme}: ${text.shell.themes[mode]}`}
      items={modes.map((key) => ({
        key,
        icon: icons[key],
        label: text.shell.themes[key],
        isChosen: key === mode,
        onSelect: () => setMode(key),
      }))}
    >
      {icons[mode]}
    </MenuButton>
  );
}

function AccountMenu() {
  const { name, role, email } = useAccount();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { open } = useSheets();
  return (
    <MenuButton
      className="mm-account"
      head={
        <div className="mm-who">
          <strong>{name}</strong>
          {email ? <span>{email}</span> : null}
          <span>{text.account.as(text.account.roles[role])}</span>
          <span>{text.account.timeZone(ownZone())}</span>
        </div>
      }
      items={[
        {
          key: 'account',
          icon: <UserOutlined />,
          label: text.nav.myAccount,
          onSelect: () => void navigate('/account'),
        },
        {
          key: 'preferences',
          icon: <SettingOutlined />,
          label: text.sheets.preferences.title,
          onSelect: () => open('preferences'),
        },
        { key: 'keys', icon: <KeyOutlined />, label: text.sheets.keys.title, onSelect: () => open('keys') },
        { key: 'out', icon: <LogoutOutlined />, label: text.account.signOut, onSelect: () => signOut(false) },
        {
          key: 'everywhere',
          icon: <GlobalOutlined />,
          label: text.account.signOutEverywhere,
          onSelect: () => signOut(true),
        },
      ]}
    >
      <span className="mm-visually-hidden">{text.account.menu}</span>
      <span className="mm-avatar" aria-hidden="true">
        <UserOutlined />
      </span>
      <span className="mm-account-name">
        {name}
        <small>{text.account.roles[role]}</small>
      </span>
    </MenuButton>
  );
}
