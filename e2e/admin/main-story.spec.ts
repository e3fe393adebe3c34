import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from '../fixtures/database.ts';
import { signInByHand, staff } from '../fixtures/people.ts';
import { pressPlay, watchedSeconds } from '../fixtures/player.ts';
import { expect, test } from '../fixtures/test.ts';
import { signedUrl } from '../fixtures/urls.ts';

/**
 * The main story, in the running product: a video travels from a coach's disk to a stranger's screen, and is revoked.
 * One test, because it is one story; each step says which rule it shows.
 */
test('a video travels from a coach’s disk to a stranger’s screen, and is revoked', async ({
  page: coach,
  newPerson,
  stack,
  expectRefusal,
}, testInfo) => {
  // A whole upload, its transcoding and several people, on a machine that has other tests to run.
  test.slow();
  const title = `Kick drill ${testInfo.testId}`;
  const addresses: string[] = [];
  coach.context().on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));

  await test.step('coach A uploads a real MP4 by the admin’s page, sees progress and then ready', async () => {
    await signInByHand(coach, 'amelia', '/admin/videos');
    await coach.locator('input[type=file]').setInputFiles(stack.longClip);
    await coach.getByRole('textbox', { name: /^Title for/ }).fill(title);
    await coach.getByRole('button', { name: 'Upload 1 video' }).click();
    await expect(coach.getByRole('progressbar').first()).toBeVisible();
    const row = coach.getByRole('row', { name: title });
    await expect(row).toContainText('Ready', { timeout: 60_000 });
  });

  let link = '';
  await test.step('coach A makes a share link, which is shown once', async () => {
    await coach.getByRole('link', { name: title }).first().click();
    await expect(coach.getByRole('heading', { name: title })).toBeVisible();
    await coach.getByRole('button', { name: 'Create share link' }).click();
    const dialog = coach.getByRole('dialog');
    await dialog.getByLabel('Label (optional)').fill('Story link');
    await dialog.getByRole('button', { name: 'Create link' }).click();
    link = await coach.getByRole('textbox', { name: 'Share link' }).inputValue();
    expect(link).toMatch(new RegExp(`^${stack.urls.app}/s/[0-9A-Za-z]{12}#[\\w-]{22,}$`));
    await coach.getByRole('button', { name: 'Copy link' }).click();
    await coach.getByRole('button', { name: 'Done' }).click();
    await expect(coach.getByText('Story link').first()).toBeVisible();
  });
  const [, publicId = '', secret = ''] = /\/s\/(\w+)#(.+)$/.exec(link) ?? [];
  const [token] = await rows<{ id: string; video_id: string }>(
    'select id, video_id from app.share_tokens where public_id = $1',
    [publicId],
  );
  if (!token) throw new Error('the share token is not in the database');

  const stranger = await newPerson();
  stranger.context().on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
  let playbackUrl = '';
  await test.step('a stranger opens the link, presses play, and frames are decoded', async () => {
    stranger.on('response', async (response) => {
      // Not the answers to what the page reports, which go to an address below.
      if (new URL(response.url()).pathname === `/api/share/${publicId}` && response.ok())
        playbackUrl = (await response.json()).playbackUrl;
    });
    await stranger.goto(link);
    await expect(stranger.getByRole('heading', { name: title })).toBeVisible();
    await expect(stranger.getByText(/Available until/)).toBeVisible();
    await pressPlay(stranger);
    const first = await watchedSeconds(stranger, 1);
    const later = await watchedSeconds(stranger, first + 2);
    expect(later).toBeGreaterThan(first);
  });

  await test.step('coach B cannot see the video, its links or its audit rows, by any door', async () => {
    const ben = staff('ben');
    for (const [view, column, id] of [
      ['videos', 'id', token.video_id],
      ['upload_jobs', 'video_id', token.video_id],
      ['share_tokens', 'id', token.id],
      ['playback_decisions', 'share_token_id', token.id],
      ['audit_entries', 'object_id', token.id],
      ['audit_entries', 'object_id', token.video_id],
    ] as const) {
      expect(await ben.rows(view, { [column]: `eq.${id}` }), `${view} by ${column}`).toEqual([]);
    }
    await expect(ben.request('POST', `/api/videos/${token.video_id}/preview`)).rejects.toThrow(/ 404/);
    await expect(ben.rpc('revoke_share_token', { id: token.id, reason: 'not mine' })).rejects.toThrow(/ 404/);
    await expect(ben.rpc('create_share_token', { video_id: token.video_id })).rejects.toThrow(/ 404/);
    const bensPage = await newPerson();
    await signInByHand(bensPage, 'ben', '/admin/videos');
    await expect(bensPage.getByRole('heading', { name: 'Videos', level: 1 })).toBeVisible();
    await expect(bensPage.locator('[aria-busy="true"]')).toHaveCount(0);
    await expect(bensPage.getByText(title)).toHaveCount(0);
    expectRefusal({ url: new RegExp(token.video_id), status: 404 });
    expectRefusal({ url: /\/rest\/videos/, status: 406 });
    await bensPage.goto(`${stack.urls.admin}videos/${token.video_id}`);
    await expect(bensPage.getByText('This does not exist, or you may not see it.')).toBeVisible();
  });

  await test.step('an unsigned, expired or wrong-audience stream URL is refused', async () => {
    const good = await fetch(playbackUrl);
    expect(good.status).toBe(200);
    const bare = new URL(playbackUrl);
    bare.search = '';
    expect((await fetch(bare)).status, 'unsigned').toBe(403);
    expect((await fetch(signedUrl(stack, playbackUrl, { exp: -10 }))).status, 'expired').toBe(403);
    expect((await fetch(signedUrl(stack, playbackUrl, { aud: 't' }))).status, 'wrong audience').toBe(403);
    expect((await fetch(signedUrl(stack, playbackUrl, {}))).status, 'the same key, rightly used').toBe(200);
  });

  const admin = await newPerson();
  await test.step('an admin revokes the link with a reason, and gets a receipt', async () => {
    await signInByHand(admin, 'priya', '/admin/share-links');
    await admin.getByRole('searchbox').fill(publicId);
    const row = admin.getByRole('row', { name: new RegExp(publicId) });
    await row.getByRole('button', { name: 'Revoke' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Revoke this share link?' });
    await dialog.getByLabel('Reason').fill('Sent to the wrong person');
    // From this moment the stranger's renewal may be refused, while the receipt is still being read.
    expectRefusal({ url: /\/api\/share\//, status: 403 });
    await dialog.getByRole('button', { name: 'Revoke link' }).click();
    await expect(admin.getByText('The link is revoked')).toBeVisible();
    await expect(admin.getByText('Playback ends at the latest by')).toBeVisible();
    await admin.keyboard.press('Escape');
  });

  await test.step('the stranger’s next renewal is refused with the calm page; so is a reload', async () => {
    const calm = stranger.getByRole('heading', { name: 'This link doesn’t work any more' });
    await expect(calm).toBeVisible({ timeout: 20_000 });
    await stranger.reload();
    await expect(calm).toBeVisible();
  });

  await test.step('the audit log names who did what, when and why', async () => {
    await admin.goto(`${stack.urls.admin}audit-log?object=${token.id}`);
    const [entry] = await staff('priya').rows<Record<string, unknown>>('audit_entries', {
      object_id: `eq.${token.id}`,
      reason: 'not.is.null',
    });
    expect(entry).toMatchObject({
      actor_subject: 'user_priya_nair',
      actor_name: 'Priya Nair',
      actor_role: 'mm_admin',
      door: 'rest',
      object_type: 'share_token',
      reason: 'Sent to the wrong person',
    });
    expect(Date.now() - Date.parse(String(entry?.occurred_at))).toBeLessThan(120_000);
    await expect(admin.getByText('Sent to the wrong person').first()).toBeVisible();
    await expect(admin.getByText('Priya Nair').first()).toBeVisible();
  });

  await test.step('the secret is nowhere: database, logs, referrers, addresses (SH-05, VW-06)', async () => {
    expect(secret.length).toBeGreaterThanOrEqual(22);
    const tables = await rows<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('app', 'audit', 'authz', 'pgboss', 'api')`,
    );
    for (const { name } of tables) {
      const found = await rows(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [secret]);
      expect(found, `rows of ${name} with the secret`).toEqual([]);
    }
    const logs = join(stack.dataDir, 'logs');
    for (const file of readdirSync(logs)) {
      expect(readFileSync(join(logs, file), 'utf8').includes(secret), `the secret in ${file}`).toBe(false);
    }
    const fragmentless = addresses.map((address) => address.split('#')[0] ?? '');
    expect(fragmentless.filter((address) => address.includes(secret))).toEqual([]);
  });
});
