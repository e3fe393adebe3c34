import { rows } from '../fixtures/database.ts';
import { slowUplink } from '../fixtures/network.ts';
import { signIn, staff } from '../fixtures/people.ts';
import { killService } from '../fixtures/processes.ts';
import { expect, test } from '../fixtures/test.ts';

for (const service of ['api', 'worker', 'mux'] as const) {
  test(`kill -9 of ${service} during an upload: it still becomes ready, and nothing is left half-done`, async ({
    page,
    stack,
    expectRefusal,
  }, { testId }) => {
    const title = `Killed ${service} ${testId}`;
    // While the service is away its requests fail; Chromium says so in the console.
    for (const status of [502, 503, 'ERR_CONNECTION_REFUSED', 'ERR_CONNECTION_RESET', 'ERR_EMPTY_RESPONSE'] as const) {
      expectRefusal({ url: service === 'mux' ? /\/upload\// : /.*/, status });
    }
    // The stream of changes that the page follows breaks in the middle with the api.
    if (service === 'api') expectRefusal({ url: /\/api\/live$/, status: 'ERR_INCOMPLETE_CHUNKED_ENCODING' });
    const streamed = () => page.waitForResponse((answer) => answer.url().endsWith('/api/live') && answer.ok());
    const first = streamed();
    await signIn(page, 'amelia', '/admin/videos');
    await first;
    let sending = false;
    page.on('request', (request) => {
      if (request.method() === 'PUT') sending = true;
    });
    const line = await slowUplink(page, 200_000);
    await page.locator('input[type=file]').setInputFiles(stack.clip);
    await page.getByRole('textbox', { name: /^Title for/ }).fill(title);
    await page.getByRole('button', { name: 'Upload 1 video' }).click();
    await expect.poll(() => sending).toBe(true);
    const again = service === 'api' ? streamed() : undefined;
    await killService(service);
    await line.restore();
    // Nobody has to load the page anew to see changes as they happen.
    await again;
    await expect(page.getByRole('row', { name: title })).toContainText('Ready', { timeout: 80_000 });
    const [job] = await rows<{ state: string; status: string; assets: string }>(
      `select j.state, v.status, (select count(*) from app.mux_assets a where a.upload_job_id = j.id)::text as assets
       from app.upload_jobs j join app.videos v on v.id = j.video_id where v.title = $1`,
      [title],
    );
    expect(job).toEqual({ state: 'ready', status: 'ready', assets: '1' });
    await expect
      .poll(() => rows(`select type, state from app.webhook_events where state in ('received', 'processing', 'dead')`))
      .toEqual([]);
    expect((await staff('amelia').rows('videos', { title: `eq.${title}` })).length).toBe(1);
  });
}
