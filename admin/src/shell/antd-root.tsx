import { App as AntdApp, ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import { type ReactNode, useEffect } from 'react';
import { useServices } from '../config/services.ts';
import { antdTheme } from '../theme/antd-theme.ts';
import { useMotion, useScheme } from '../theme/mode.ts';

/** antd's theme, locale and message outlets. antd ships no en-AU; its British English has the same words. */
export function AntdRoot({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider theme={antdTheme(useScheme(), useMotion())} locale={enGB}>
      <AntdApp component={false}>
        <NotificationOutlet />
        {children}
      </AntdApp>
    </ConfigProvider>
  );
}

function NotificationOutlet() {
  const { notification } = AntdApp.useApp();
  const { notifications } = useServices();
  useEffect(
    () =>
      notifications.connect({
        open: ({ key, message, description, type }) =>
          notification.open({
            key: key ?? message,
            title: message,
            description,
            type: type === 'progress' ? 'info' : type,
            placement: 'bottomRight',
            role: type === 'error' ? 'alert' : 'status',
            duration: type === 'error' ? 8 : 4,
          }),
        close: (key) => notification.destroy(key),
      }),
    [notifications, notification],
  );
  return null;
}
