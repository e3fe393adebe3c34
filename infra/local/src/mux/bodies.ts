import type { Asset } from './store/assets.ts';
import type { TextTrack } from './store/media.ts';
import type { PlaybackId } from './store/playback-ids.ts';
import type { PlaybackRestriction } from './store/playback-restrictions.ts';
import type { SigningKey } from './store/signing-keys.ts';
import type { Upload } from './store/uploads.ts';

/** A JSON object in the vendor's shape. Fields without a value are left out, never null. */
export type Body = Record<string, unknown>;

/** Unix seconds as text: how the REST API writes times. Webhooks write the same as a number. */
function unixSeconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}

/** Shape `Upload` of the API reference. The URL is shown only as long as it takes bytes. */
export function uploadBody(upload: Upload, publicUrl: string): Body {
  return {
    id: upload.id,
    status: upload.status,
    timeout: upload.timeoutSeconds,
    cors_origin: upload.corsOrigin,
    new_asset_settings: upload.settings,
    ...(upload.status === 'waiting' ? { url: `${publicUrl}/upload/${upload.secret}` } : {}),
    ...(upload.assetId === null ? {} : { asset_id: upload.assetId }),
    ...(upload.error === null ? {} : { error: upload.error }),
    ...(upload.test ? { test: true } : {}),
  };
}

/** Shape `PlaybackID`. */
export function playbackIdBody(playbackId: PlaybackId): Body {
  return { id: playbackId.id, policy: playbackId.policy };
}

/**
 * Shape `Asset`. `progress` is per cent of the transcoding, 0 to 100, while the asset is preparing.
 * Tiers and resolutions are those of the source, by its shorter side.
 */
export function assetBody(asset: Asset, playbackIds: readonly PlaybackId[], progress: number): Body {
  return {
    id: asset.id,
    status: asset.status,
    created_at: unixSeconds(asset.createdAt),
    upload_id: asset.uploadId,
    ingest_type: 'on_demand_direct_upload',
    encoding_tier: asset.settings.encoding_tier ?? 'smart',
    video_quality: asset.settings.video_quality ?? 'plus',
    max_resolution_tier: asset.settings.max_resolution_tier ?? '1080p',
    master_access: 'none',
    mp4_support: 'none',
    progress: progressBody(asset, progress),
    ...(playbackIds.length === 0 ? {} : { playback_ids: playbackIds.map(playbackIdBody) }),
    ...(asset.passthrough === null ? {} : { passthrough: asset.passthrough }),
    ...(asset.settings.meta === undefined ? {} : { meta: asset.settings.meta }),
    ...(asset.settings.test === true ? { test: true } : {}),
    ...(asset.thumbnailTime === null ? {} : { thumbnail_time: asset.thumbnailTime }),
    ...(asset.errors === null ? {} : { errors: asset.errors }),
    ...mediaBody(asset),
  };
}

/** An asset as webhooks carry it: the same, but for the time. Source: `WebhookAsset` in the vendor's SDK. */
export function assetEventBody(asset: Asset, playbackIds: readonly PlaybackId[], progress: number): Body {
  return { ...assetBody(asset, playbackIds, progress), created_at: Math.floor(asset.createdAt / 1000) };
}

function progressBody(asset: Asset, progress: number): Body {
  if (asset.status === 'ready') return { state: 'completed', progress: 100 };
  if (asset.status === 'errored') return { state: 'errored', progress: -1 };
  return progress > 0 ? { state: 'transcoding', progress } : { state: 'ingesting', progress: 0 };
}

function mediaBody({ media }: Asset): Body {
  if (media === null) return {};
  const shorter = Math.min(media.width, media.height);
  return {
    duration: media.durationSeconds,
    aspect_ratio: aspectRatio(media.width, media.height),
    max_stored_frame_rate: media.frameRate,
    max_stored_resolution: shorter > 1080 ? 'UHD' : shorter > 720 ? 'FHD' : shorter > 576 ? 'HD' : 'SD',
    resolution_tier: shorter > 1440 ? '2160p' : shorter > 1080 ? '1440p' : shorter > 720 ? '1080p' : '720p',
    tracks: [
      {
        id: media.videoTrackId,
        type: 'video',
        duration: media.durationSeconds,
        max_width: media.width,
        max_height: media.height,
        max_frame_rate: media.frameRate,
      },
      ...(media.audio === null
        ? []
        : [
            {
              id: media.audio.trackId,
              type: 'audio',
              status: 'ready',
              primary: true,
              name: 'Default',
              language_code: 'und',
              duration: media.durationSeconds,
              max_channels: media.audio.channels,
            },
          ]),
      ...media.textTracks.map(textTrackBody),
    ],
  };
}

/** `16:9`, in lowest terms. */
function aspectRatio(width: number, height: number): string {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const by = divisor(width, height);
  return `${width / by}:${height / by}`;
}

/** Shape `InputInfo`: what the source file was. */
export function inputInfoBody(asset: Asset): Body[] {
  const { media } = asset;
  if (media === null) return [{ settings: {} }];
  return [
    {
      settings: {},
      file: {
        container_format: media.container,
        tracks: [
          {
            type: 'video',
            encoding: media.videoCodec,
            duration: media.durationSeconds,
            width: media.width,
            height: media.height,
            frame_rate: media.frameRate,
          },
          ...(media.audio === null
            ? []
            : [
                {
                  type: 'audio',
                  encoding: media.audio.codec,
                  duration: media.durationSeconds,
                  channels: media.audio.channels,
                  sample_rate: media.audio.sampleRate,
                },
              ]),
        ],
      },
    },
  ];
}

/** Shape `SigningKey`, without the private half. */
export function signingKeyBody(key: SigningKey): Body {
  return { id: key.id, created_at: unixSeconds(key.createdAt) };
}

/** Shape `PlaybackRestriction`. */
export function restrictionBody(restriction: PlaybackRestriction): Body {
  return {
    id: restriction.id,
    created_at: unixSeconds(restriction.createdAt),
    updated_at: unixSeconds(restriction.updatedAt),
    referrer: restriction.referrer,
    user_agent: restriction.userAgent,
  };
}

/** Source: https://www.mux.com/docs/api-reference/video/assets/create-asset-track. */
export function textTrackBody(track: TextTrack): Body {
  return {
    id: track.id,
    type: 'text',
    text_type: 'subtitles',
    text_source: 'uploaded',
    status: 'ready',
    name: track.name,
    language_code: track.languageCode,
    closed_captions: track.closedCaptions,
    ...(track.passthrough === null ? {} : { passthrough: track.passthrough }),
  };
}
