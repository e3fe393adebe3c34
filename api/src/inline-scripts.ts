import { createHash } from 'node:crypto';

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * What a content security policy calls the scripts that stand in a page of ours (https://www.w3.org/TR/CSP3/#grammardef-hash-source): these
 * very texts may run, and no other that somebody gets into the page. To be computed from the page that is sent.
 */
export function inlineScriptSources(page: string): string[] {
  return Array.from(
    page.matchAll(inlineScript),
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
}
