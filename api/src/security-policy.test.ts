import { describe, expect, it } from 'vitest';
import { productionEnvironment, sampleEnvironment } from '../test/sample-environment.ts';
import { parseConfig } from './config.ts';
import { inlineScriptSources } from './inline-scripts.ts';
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

  it('of the viewer allows this origin, the video and who vouches for viewers, and nothing else', () => {
    expect(directives(appContentSecurityPolicy(config, 'viewer'))).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'http://127.0.0.1:4002'],
      'media-src': ['blob:', 'http://127.0.0.1:4002'],
      'connect-src': ["'self'", 'http://127.0.0.1:4002', 'http://127.0.0.1:4001'],
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

  it('lets the viewer be framed only where it is for embedding: by any site over TLS, on a developer’s machine also without', () => {
    const ancestors = (environment: Parameters<typeof parseConfig>[0], frame?: 'anywhere') =>
      directives(appContentSecurityPolicy(parseConfig(environment), 'viewer', { frame: frame ?? 'nowhere' }))[
        'frame-ancestors'
      ];
    expect(ancestors(productionEnvironment())).toEqual(["'none'"]);
    expect(ancestors(productionEnvironment(), 'anywhere')).toEqual(['https:']);
    expect(ancestors(sampleEnvironment(), 'anywhere')).toEqual(['https:', 'http://127.0.0.1:*', 'http://localhost:*']);
  });

  it('in production allows the hosts below mux.com and Clerk; what Clerk shows of its own in the admin alone', () => {
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
    const viewer = directives(appContentSecurityPolicy(production, 'viewer'));
    expect(viewer['script-src']).toEqual(["'self'", 'https://clerk.motionmavericks.test']);
    expect(viewer).not.toHaveProperty('frame-src');
    expect(appContentSecurityPolicy(production, 'viewer')).not.toMatch(/cloudflare|img\.clerk\.com/);
  });

  it('allows the very scripts that stand in a page, and no others', () => {
    const [opening = '', other = ''] = inlineScriptSources(
      '<head><script type="module" src="/a.js"></script></head><script type="module">open()</script><script>other()</script>',
    );
    // printf %s 'open()' | openssl dgst -sha256 -binary | base64
    expect(opening).toBe("'sha256-o9okiD4Rx/KB+t3VShbksHfrZ7XxcLzccIzXgr0qtQA='");
    expect(other).not.toBe(opening);
    expect(inlineScriptSources('<script type="module" crossorigin src="/a.js"></script>')).toEqual([]);
    const policy = appContentSecurityPolicy(config, 'viewer', { inlineScripts: [opening] });
    expect(directives(policy)['script-src']).toEqual(["'self'", opening]);
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
