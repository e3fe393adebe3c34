import { DesktopOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { MenuButton } from '../components/menu-button.tsx';
import { useAccount } from '../config/account.ts';
import { text } from '../locales/index.ts';
import { type Mode, modes, setMode, useMode } from '../theme/mode.ts';
import { ownZone } from '../time/zone.ts';
import { useSignOut } from './use-sign-out.ts';

export function Toolbar() {
  return (
    <div className="mm-toolbar">
      <ThemeSwitch />
      <AccountMenu />
    </div>
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
  return (
    <MenuButton
      className="mm-account"
      head={
        <div className="mm-who">
          <strong>{name}</strong>
          {email ? <span>{email}</span> : null}
          <span>{text.account.timeZone(ownZone())}</span>
        </div>
      }
      items={[
        {
          key: 'account',
          icon: <UserOutlined aria-hidden />,
          label: text.nav.myAccount,
          onSelect: () => void navigate('/account'),
        },
        { key: 'out', icon: <LogoutOutlined aria-hidden />, label: text.account.signOut, onSelect: signOut },
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
