import { describe, expect, it } from 'vitest';
import { productionEnvironment, sampleEnvironment } from '../test/sample-environment.ts';
import { parseConfig } from './config.ts';
import { appContentSecurityPolicy } from './security-policy.ts';

function directives(policy: string): Record<string, string[]> {
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

describe('the content security policy of the pages', () => {
  const config = parseConfig(sampleEnvironment());

  it('of the viewer allows this origin and the video, and nothing else', () => {
    expect(directives(appContentSecurityPolicy(config, 'viewer'))).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'http://127.0.0.1:4002'],
      'media-src': ['blob:', 'http://127.0.0.1:4002'],
      'connect-src': ["'self'", 'http://127.0.0.1:4002'],
      'font-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
  });

  it('of the admin also allows the issuer and the upload origins', () => {
    expect(directives(appContentSecurityPolicy(config, 'admin'))['connect-src']).toEqual([
      "'self'",
      'http://127.0.0.1:4002',
      'http://127.0.0.1:4001',
    ]);
  });

  it('in production allows the hosts below mux.com and Clerk, and Clerk in the admin alone', () => {
    const production = parseConfig(productionEnvironment());
    const admin = directives(appContentSecurityPolicy(production, 'admin'));
    expect(admin['connect-src']).toEqual(
      expect.arrayContaining([
        'https://*.mux.com',
        'https://storage.googleapis.com',
        'https://clerk.motionmavericks.test',
      ]),
    );
    expect(admin['script-src']).toContain('https://clerk.motionmavericks.test');
    expect(appContentSecurityPolicy(production, 'viewer')).not.toContain('clerk');
    expect(directives(appContentSecurityPolicy(production, 'viewer'))['script-src']).toEqual(["'self'"]);
  });

  it('loosens scripts only while a development server is configured', () => {
    const developing = parseConfig(
      sampleEnvironment({ ENVIRONMENT: 'development', ADMIN_DEV_URL: 'http://127.0.0.1:4007' }),
    );
    expect(directives(appContentSecurityPolicy(developing, 'admin'))['script-src']).toContain("'unsafe-inline'");
    expect(directives(appContentSecurityPolicy(developing, 'admin'))['connect-src']).toContain('ws://127.0.0.1:4000');
    expect(directives(appContentSecurityPolicy(developing, 'viewer'))['script-src']).toEqual(["'self'"]);
  });
});
