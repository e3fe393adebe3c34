import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { StaffClient } from '@mm/local/stack';

/** Uploads a clip through the product's own doors and answers the path of a share link to it, once it is ready. */
export async function sharedVideo(coach: StaffClient, clip: string): Promise<string> {
  const file = await readFile(clip);
  const made = await coach.request<{ videoId: string; uploadUrl: string }>('POST', '/api/uploads', {
    title: 'Poster',
    fileName: 'clip.mp4',
    fileSizeBytes: file.length,
    contentType: 'video/mp4',
  });
  await fetch(made.uploadUrl, { method: 'PUT', body: file, headers: { 'content-type': 'video/mp4' } });
  for (let waited = 0; waited < 120; waited += 1) {
    const [video] = await coach.rows<{ status: string }>('videos', { id: `eq.${made.videoId}` });
    if (video?.status === 'ready') {
      type Link = { public_id: string; secret: string };
      const link = await coach.rpc<Link | Link[]>('create_share_token', { video_id: made.videoId, label: 'Poster' });
      const { public_id, secret } = [link].flat()[0] ?? { public_id: '', secret: '' };
      return `/s/${public_id}#${secret}`;
    }
    await setTimeout(1_000);
  }
  throw new Error('the clip did not become ready within two minutes');
}
