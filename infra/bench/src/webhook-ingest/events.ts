import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

export type SeededUpload = { uploadJobId: string; muxUploadId: string; assetId: string };
export type Event = { id: string; type: string; objectId: string; body: Buffer };

/** Uploads that wait for the events of Mux, of the seeded coach Amelia. */
export async function seedUploads(admin: Client, count: number): Promise<SeededUpload[]> {
  const { rows } = await admin.query<{ id: string }>(
    `with coach as (select id from app.profiles where subject = 'user_amelia_hart'),
          video as (insert into app.videos (coach_id, title) select id, 'Bench' from coach, generate_series(1, $1) returning id, coach_id)
     insert into app.upload_jobs (video_id, coach_id, state, file_name, file_size_bytes, content_type, expires_at, mux_upload_id)
     select id, coach_id, 'uploading', 'bench.mp4', 1000, 'video/mp4', now() + interval '1 hour', 'upload-' || id from video
     returning id`,
    [count],
  );
  await admin.query('vacuum (analyze) app.upload_jobs');
  const uploads = await admin.query<{ id: string; mux_upload_id: string }>(
    'select id, mux_upload_id from app.upload_jobs where id = any ($1)',
    [rows.map(({ id }) => id)],
  );
  return uploads.rows.map(({ id, mux_upload_id }) => ({
    uploadJobId: id,
    muxUploadId: mux_upload_id,
    assetId: `asset-${id}`,
  }));
}

/** What Mux tells of an upload that becomes a video: five events, of about a kilobyte each as they really are. */
export function eventsOf({ uploadJobId, muxUploadId, assetId }: SeededUpload, from = new Date()): Event[] {
  const upload = {
    id: muxUploadId,
    status: 'waiting',
    timeout: 3600,
    cors_origin: 'https://app.example.com',
    new_asset_settings: { playback_policies: ['signed'], passthrough: uploadJobId, video_quality: 'basic' },
  };
  const asset = {
    id: assetId,
    status: 'preparing',
    upload_id: muxUploadId,
    passthrough: uploadJobId,
    playback_ids: [{ id: `playback-${assetId}`, policy: 'signed' }],
    mp4_support: 'none',
    master_access: 'none',
    encoding_tier: 'smart',
    max_resolution_tier: '1080p',
    ingest_type: 'on_demand_direct_upload',
    tracks: [
      { type: 'video', id: randomUUID(), duration: 60.1, max_width: 1920, max_height: 1080, max_frame_rate: 29.97 },
      { type: 'audio', id: randomUUID(), duration: 60.1, max_channels: 2, max_channel_layout: 'stereo' },
    ],
  };
  const ready = { ...asset, status: 'ready', duration: 60.1, aspect_ratio: '16:9', resolution_tier: '1080p' };
  const told: [type: string, data: { id: string }][] = [
    ['video.upload.created', upload],
    ['video.upload.asset_created', { ...upload, status: 'asset_created', asset_id: assetId } as { id: string }],
    ['video.asset.created', asset],
    ['video.asset.ready', ready],
    ['video.asset.updated', ready],
  ];
  return told.map(([type, data], index) => {
    const id = randomUUID();
    const event = {
      type,
      id,
      object: { type: type.split('.')[1], id: data.id },
      environment: { id: 'bench', name: 'Bench' },
      data,
      created_at: new Date(from.getTime() + index * 1000).toISOString(),
      attempts: [],
      request_id: null,
      accessor: null,
      accessor_source: null,
    };
    return { id, type, objectId: data.id, body: Buffer.from(JSON.stringify(event)) };
  });
}

/** Events of assets that nobody here uploaded, for what only stores them. */
export function eventsOfNobody(count: number): Event[] {
  const uploads = Array.from({ length: Math.ceil(count / 5) }, () => {
    const id = randomUUID();
    return { uploadJobId: id, muxUploadId: `upload-${id}`, assetId: `asset-${id}` };
  });
  return uploads.flatMap((upload) => eventsOf(upload)).slice(0, count);
}
