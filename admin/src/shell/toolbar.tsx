import { DesktopOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useAccount } from '../config/account.ts';
import { text } from '../locales/index.ts';
import { type Mode, modes, setMode, useMode } from '../theme/mode.ts';
import { ownZone } from '../time/format.ts';
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
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [mode],
        items: modes.map((key) => ({ key, icon: icons[key], label: text.shell.themes[key] })),
        onClick: ({ key }) => setMode(modes.find((known) => known === key) ?? 'system'),
      }}
    >
      <Button type="text" icon={icons[mode]} aria-label={`${text.shell.theme}: ${text.shell.themes[mode]}`} />
    </Dropdown>
  );
}

function AccountMenu() {
  const { name, role, email } = useAccount();
  const signOut = useSignOut();
  const roleName = text.account.roles[role];
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: (
              <div className="mm-who">
                <strong>{name}</strong>
                {email ? <span>{email}</span> : null}
                <span>{text.account.timeZone(ownZone())}</span>
              </div>
            ),
          },
          { type: 'divider' },
          { key: 'out', icon: <LogoutOutlined aria-hidden />, label: text.account.signOut },
        ],
        onClick: ({ key }) => {
          if (key === 'out') signOut();
        },
      }}
    >
      <Button type="text" className="mm-account">
        <span className="mm-visually-hidden">{text.account.menu}</span>
        <span className="mm-avatar" aria-hidden="true">
          <UserOutlined />
        </span>
        <span className="mm-account-name">
          {name}
          <small>{roleName}</small>
        </span>
      </Button>
    </Dropdown>
  );
}
