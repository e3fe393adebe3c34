import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { uploadBody } from '../bodies.ts';
import { notFound } from '../errors.ts';
import { newAssetSettings } from '../store/settings.ts';
import type { Upload } from '../store/uploads.ts';
import type { DoubleContext } from './context.ts';
import { pageQuery, parse } from './validation.ts';

/** Stricter than the vendor, who takes any text: one that is no origin could never match a browser's. */
const corsOrigin = z.string().refine((text) => text === '*' || isWebOrigin(text), {
  error: 'must be "*" or the http(s) origin that the upload comes from',
});

const createBody = z.strictObject({
  cors_origin: corsOrigin,
  new_asset_settings: newAssetSettings.default({}),
  timeout: z
    .int('must be a whole number of seconds')
    .min(60, 'must be at least 60 seconds')
    .max(604_800, 'must be at most 604800 seconds')
    .default(3600),
  test: z.boolean().default(false),
});

const idParams = z.object({ id: z.string() });

/** Direct uploads. Source: https://www.mux.com/docs/api-reference/video/direct-uploads. */
export function uploadRoutes(app: FastifyInstance, { store, lifecycle, publicUrl }: DoubleContext): void {
  const find = (params: unknown): Upload => {
    lifecycle.expireUploads();
    const upload = store.uploads.find(parse(idParams, params).id);
    if (upload === undefined) throw notFound();
    return upload;
  };

  app.post('/video/v1/uploads', async (request, reply) => {
    const body = parse(createBody, request.body);
    const upload = lifecycle.createUpload({
      corsOrigin: body.cors_origin,
      settings: body.new_asset_settings,
      timeoutSeconds: body.timeout,
      test: body.test,
    });
    return reply.code(201).send({ data: uploadBody(upload, publicUrl()) });
  });

  app.get('/video/v1/uploads', async (request) => {
    const { page, limit } = parse(pageQuery, request.query);
    lifecycle.expireUploads();
    const uploads = store.uploads.list(limit, (page - 1) * limit);
    return { data: uploads.map((upload) => uploadBody(upload, publicUrl())) };
  });

  app.get('/video/v1/uploads/:id', async (request) => ({ data: uploadBody(find(request.params), publicUrl()) }));

  app.put('/video/v1/uploads/:id/cancel', async (request) => ({
    data: uploadBody(lifecycle.cancelUpload(find(request.params)), publicUrl()),
  }));
}

function isWebOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
