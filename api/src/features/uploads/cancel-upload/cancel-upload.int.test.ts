import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject.close());

async function givenUpload(): Promise<{ id: string; muxUploadId: string; url: string }> {
  const response = await fetch(`${subject.origin}/api/uploads`, {
    method: 'POST',
    headers: { ...(await subject.authorization('amelia')), 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Turns', fileName: 'turns.mp4', fileSizeBytes: 1_000, contentType: 'video/mp4' }),
  });
  const { uploadJobId, uploadUrl } = (await response.json()) as { uploadJobId: string; uploadUrl: string };
  const { rows } = await subject.database.admin.query<{ mux_upload_id: string }>(
    'select mux_upload_id from app.upload_jobs where id = $1',
    [uploadJobId],
  );
  return { id: uploadJobId, muxUploadId: rows[0]?.mux_upload_id ?? '', url: uploadUrl };
}

async function cancel(person: PersonName, id: string) {
  const response = await fetch(`${subject.origin}/api/uploads/${id}`, {
    method: 'DELETE',
    headers: await subject.authorization(person),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

const stateOf = async (id: string) => {
  const { rows } = await subject.database.admin.query<{ state: string }>(
    'select state from app.upload_jobs where id = $1',
    [id],
  );
  return rows[0]?.state;
};

describe('cancelling an upload', () => {
  it('closes the job and takes the URL back at Mux', async () => {
    const upload = await givenUpload();
    expect(await cancel('amelia', upload.id)).toEqual({
      status: 200,
      json: { uploadJobId: upload.id, state: 'cancelled' },
    });
    expect(await stateOf(upload.id)).toBe('cancelled');
    expect(await subject.muxClient.video.uploads.retrieve(upload.muxUploadId)).toMatchObject({ status: 'cancelled' });
    const put = await fetch(upload.url, { method: 'PUT', body: 'bytes' });
    expect(put.status).toBeGreaterThanOrEqual(400);
  });

  it('is the owner’s alone: to another coach it looks like an upload that never was', async () => {
    const upload = await givenUpload();
    const foreign = await cancel('ben', upload.id);
    const unknown = await cancel('ben', '0198c5e2-7c1f-7d6e-9c53-0f6a3b0f9a11');
    expect(foreign).toMatchObject({ status: 404, json: { code: 'upload.not_found' } });
    expect({ ...foreign.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
    expect(await stateOf(upload.id)).toBe('uploading');
  });

  it('a second time says that it is cancelled', async () => {
    const upload = await givenUpload();
    await cancel('amelia', upload.id);
    expect(await cancel('amelia', upload.id)).toEqual({
      status: 200,
      json: { uploadJobId: upload.id, state: 'cancelled' },
    });
  });

  it('succeeds also while Mux does not answer: its URL dies by itself', async () => {
    const upload = await givenUpload();
    await subject.control('faults', { match: { method: 'PUT', path: '/video/v1/uploads/*/cancel' }, status: 500 });
    expect(await cancel('amelia', upload.id)).toMatchObject({ status: 200, json: { state: 'cancelled' } });
    expect(await stateOf(upload.id)).toBe('cancelled');
  });
});
