import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { requestUploadAnswer } from '../request-upload/schema.ts';
import { resumeUploadAnswer } from './schema.ts';

const fileFingerprint = 'ab'.repeat(32);
const size = 300_000;

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterEach(() => subject.control('reset', {}));
afterAll(() => subject.close());

async function givenUpload() {
  const response = await fetch(`${subject.origin}/api/uploads`, {
    method: 'POST',
    headers: { ...(await subject.authorization('amelia')), 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'Turns',
      fileName: 'turns.mp4',
      fileSizeBytes: size,
      contentType: 'video/mp4',
      fileFingerprint,
    }),
  });
  return requestUploadAnswer.parse(await response.json());
}

async function resume(person: PersonName, id: string) {
  const response = await fetch(`${subject.origin}/api/uploads/${id}`, { headers: await subject.authorization(person) });
  return { response, json: (await response.json()) as Record<string, unknown> };
}

describe('the owner of an upload that was interrupted', () => {
  it('learns the address again, and Mux says there how far it was', async () => {
    const upload = await givenUpload();
    const put = (range: string, body: Uint8Array<ArrayBuffer> | null) =>
      fetch(upload.uploadUrl, { method: 'PUT', headers: { 'content-range': range }, body });
    await put(`bytes 0-262143/${size}`, new Uint8Array(262_144));

    const { response, json } = await resume('amelia', upload.uploadJobId);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(resumeUploadAnswer.parse(json)).toEqual({
      uploadJobId: upload.uploadJobId,
      videoId: upload.videoId,
      state: 'uploading',
      uploadUrl: upload.uploadUrl,
      fileName: 'turns.mp4',
      fileSizeBytes: size,
      fileFingerprint,
      expiresAt: upload.expiresAt,
    });
    const asked = await put(`bytes */${size}`, null);
    expect([asked.status, asked.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
  });

  it('learns that there is nothing more to send when the last byte has arrived', async () => {
    const upload = await givenUpload();
    await fetch(upload.uploadUrl, { method: 'PUT', body: new Uint8Array(size) });
    const { json } = await resume('amelia', upload.uploadJobId);
    expect(json).toMatchObject({ uploadUrl: null });
    expect(['processing', 'errored']).toContain(json.state);
  });

  it('learns of no address once it was cancelled', async () => {
    const upload = await givenUpload();
    await fetch(`${subject.origin}/api/uploads/${upload.uploadJobId}`, {
      method: 'DELETE',
      headers: await subject.authorization('amelia'),
    });
    const { json } = await resume('amelia', upload.uploadJobId);
    expect(json).toMatchObject({ state: 'cancelled', uploadUrl: null });
  });

  it('is told to try again while Mux does not answer; the upload stays open', async () => {
    const upload = await givenUpload();
    // The SDK repeats a read twice by itself.
    await subject.control('faults', { match: { method: 'GET', path: '/video/v1/uploads/*' }, status: 500, times: 10 });
    const { response, json } = await resume('amelia', upload.uploadJobId);
    expect(response.status).toBe(503);
    expect(json).toMatchObject({ code: 'upload.vendor_unavailable' });
    await subject.control('reset', {});
    expect((await resume('amelia', upload.uploadJobId)).json).toMatchObject({ state: 'uploading' });
  });
});

describe('somebody else', () => {
  it('learns nothing: to another coach it looks like an upload that never was', async () => {
    const upload = await givenUpload();
    const foreign = await resume('ben', upload.uploadJobId);
    const unknown = await resume('ben', '0198c5e2-7c1f-7d6e-9c53-0f6a3b0f9a11');
    expect(foreign.response.status).toBe(404);
    expect(foreign.json).toMatchObject({ code: 'upload.not_found' });
    expect({ ...foreign.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
  });

  it('who is no coach may not ask', async () => {
    const upload = await givenUpload();
    expect((await resume('priya', upload.uploadJobId)).response.status).toBe(403);
  });
});
