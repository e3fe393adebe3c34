import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, collect, newUpload, ORIGIN, refusal, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

describe('credentials', () => {
  it.each([
    ['none', {}],
    ['a wrong secret', { authorization: `Basic ${Buffer.from('token-id:wrong').toString('base64')}` }],
    ['the secret of another id', { authorization: `Basic ${Buffer.from('other:token-secret').toString('base64')}` }],
    ['a bearer token', { authorization: 'Bearer token-secret' }],
  ])('the REST API answers 401 in the vendor’s error body to %s', async (_name, headers) => {
    const response = await fetch(`${stage.double.url}/video/v1/uploads`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: { type: 'unauthorized', messages: ['Unauthorized request'] } });
  });

  it('a request without credentials creates nothing', async () => {
    const before = await collect(stage.mux.video.uploads.list());
    await fetch(`${stage.double.url}/video/v1/uploads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cors_origin: ORIGIN }),
    });
    expect(await collect(stage.mux.video.uploads.list())).toEqual(before);
  });
});

describe('creating a direct upload', () => {
  it('answers the settings, an hour of time and a URL of the double’s own', async () => {
    const upload = await stage.mux.video.uploads.create({
      cors_origin: ORIGIN,
      new_asset_settings: { playback_policies: ['signed'], passthrough: 'job-1', meta: { external_id: 'v-1' } },
    });
    expect(upload).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{43,}$/),
      status: 'waiting',
      timeout: 3600,
      cors_origin: ORIGIN,
      new_asset_settings: { playback_policies: ['signed'], passthrough: 'job-1', meta: { external_id: 'v-1' } },
      url: expect.stringMatching(new RegExp(`^${stage.double.url}/upload/[A-Za-z0-9]{43,}$`)),
    });
  });

  it('the upload’s URL does not contain its id, which is no secret', async () => {
    const { id, url } = await newUpload(stage);
    expect(url).not.toContain(id);
  });

  it('a passthrough of 255 characters is taken and one of 256 refused', async () => {
    const create = (length: number) =>
      stage.mux.video.uploads.create({
        cors_origin: ORIGIN,
        new_asset_settings: { passthrough: 'x'.repeat(length) },
      });
    expect((await create(255)).new_asset_settings?.passthrough).toHaveLength(255);
    expect(await refusal(create(256))).toEqual({
      status: 400,
      type: 'invalid_parameters',
      messages: ['new_asset_settings.passthrough: must be at most 255 characters'],
    });
  });

  it.each([
    ['a timeout below a minute', { timeout: 59 }, 'timeout'],
    ['a timeout above a week', { timeout: 604_801 }, 'timeout'],
    [
      'an unknown policy',
      { new_asset_settings: { playback_policies: ['secret'] } },
      'new_asset_settings.playback_policies',
    ],
    [
      'a DRM policy, which the double has not got',
      { new_asset_settings: { playback_policies: ['drm'] } },
      'playback_policies',
    ],
    [
      'both spellings of the policies',
      { new_asset_settings: { playback_policies: ['signed'], playback_policy: ['signed'] } },
      'playback_policy',
    ],
    ['an unknown parameter', { color: 'red' }, 'color'],
    [
      'static renditions, which the double cannot make',
      { new_asset_settings: { static_renditions: [] } },
      'static_renditions',
    ],
    ['an origin that is none', { cors_origin: 'app.example.com' }, 'cors_origin'],
    ['no origin', { cors_origin: undefined }, 'cors_origin'],
  ])('%s is refused with the name of the field', async (_name, change, field) => {
    const params = { cors_origin: ORIGIN, ...change };
    const answer = await refusal(stage.mux.post('/video/v1/uploads', { body: params }));
    expect(answer).toMatchObject({ status: 400, type: 'invalid_parameters' });
    expect(answer.messages.join()).toContain(field);
  });

  it('a body that is not JSON is refused as a parameter, not as a fault of the server', async () => {
    const response = await fetch(`${stage.double.url}/video/v1/uploads`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from('token-id:token-secret').toString('base64')}`,
      },
      body: '{"cors_origin":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_parameters' } });
  });
});

describe('reading and cancelling uploads', () => {
  it('an unknown upload is 404 not_found', async () => {
    expect(await refusal(stage.mux.video.uploads.retrieve('nothing'))).toMatchObject({
      status: 404,
      type: 'not_found',
    });
    expect(await refusal(stage.mux.video.uploads.cancel('nothing'))).toMatchObject({ status: 404, type: 'not_found' });
  });

  it('a waiting upload can be cancelled, once; its URL is gone then', async () => {
    const { id, url } = await newUpload(stage);
    expect(await stage.mux.video.uploads.cancel(id)).toMatchObject({ id, status: 'cancelled' });
    expect(await stage.mux.video.uploads.retrieve(id)).not.toHaveProperty('url');
    expect(await refusal(stage.mux.video.uploads.cancel(id))).toMatchObject({ status: 403, type: 'forbidden' });
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(410);
    expect((await stage.webhooks.event('video.upload.cancelled', id)).event).toMatchObject({
      data: { id, status: 'cancelled' },
    });
  });

  it('an upload that has timed out cannot be cancelled', async () => {
    const { id } = await newUpload(stage);
    await stage.control('POST', `/uploads/${id}/expire`);
    expect(await refusal(stage.mux.video.uploads.cancel(id))).toMatchObject({ status: 403, type: 'forbidden' });
    expect(await stage.mux.video.uploads.retrieve(id)).toMatchObject({ status: 'timed_out' });
  });

  it('the list pages, newest first, and comes to an end', async () => {
    const created: string[] = [];
    for (let count = 0; count < 5; count += 1) created.unshift((await newUpload(stage)).id);
    const paged = await collect(stage.mux.video.uploads.list({ limit: 2 }));
    const whole = await stage.mux.video.uploads.list({ limit: 100 });
    expect(paged.map(({ id }) => id)).toEqual(whole.data.map(({ id }) => id));
    expect(paged.slice(0, 5).map(({ id }) => id)).toEqual(created);
    expect((await stage.mux.video.uploads.list({ limit: 100, page: 2 })).data).toEqual([]);
  });

  it.each([
    ['page 0', { page: 0 }],
    ['a limit above 100', { limit: 101 }],
  ])('%s is refused', async (_name, query) => {
    expect(await refusal(stage.mux.video.uploads.list(query).then())).toMatchObject({ status: 400 });
  });

  it('an unknown path is 404 in the vendor’s error body', async () => {
    expect(await refusal(clientOf(stage.double.url).get('/video/v1/nothing'))).toMatchObject({
      status: 404,
      type: 'not_found',
    });
  });
});
