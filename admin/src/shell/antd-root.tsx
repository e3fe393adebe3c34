import { ConfigProvider } from 'antd';
import enGB from 'antd/es/locale/en_GB';
import type { ReactNode } from 'react';
import { antdLocale } from '../locales/index.ts';
import { antdTheme } from '../theme/antd-theme.ts';
import { useMotion, useScheme } from '../theme/mode.ts';

/** antd's theme and locale. antd ships no en-AU; its British English has the same words. */
export function AntdRoot({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider theme={antdTheme(useScheme(), useMotion())} locale={antdLocale ?? enGB}>
      {children}
    </ConfigProvider>
  );
}
