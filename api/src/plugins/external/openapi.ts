import swagger from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from '@fastify/type-provider-zod';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { problem } from '../../problems/schema.ts';

interface MediaType {
  readonly schema?: { readonly $ref?: string; readonly properties?: Readonly<Record<string, unknown>> };
}
interface Operation {
  responses?: Record<string, { content?: Record<string, MediaType> }>;
}
interface Document {
  paths?: Record<string, Record<string, Operation> | undefined>;
  components?: { schemas?: Record<string, unknown> };
}

/** The generator writes each problem out, under the operation's own media type; it is one shape, sent as `application/problem+json`. */
function referToProblem(document: Document): void {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(problem);
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: schema } };
  for (const operation of Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}))) {
    for (const response of Object.values(operation.responses ?? {})) {
      const contents = Object.values(response.content ?? {});
      if (contents.some((content) => content.schema?.properties?.requestId !== undefined)) {
        response.content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
      }
    }
  }
}

/** OpenAPI 3.1 from the zod schemas of the routes, at `GET /api/openapi.json`. */
export const openapiPlugin = fp(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Motion Mavericks Back Office',
          version: app.config.version,
          description:
            'What needs more than the database: uploads, playback tokens, webhooks. Everything else is read and written through `/rest`.',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [{ url: app.config.http.publicUrl }],
        tags: [
          { name: 'uploads', description: 'Places to upload a video to' },
          { name: 'playback', description: 'Short-lived playback tokens' },
          { name: 'consent', description: 'What browsers in which nobody is signed in decide about consent' },
          { name: 'audit', description: 'Exports of the audit log, and what they are checked against' },
          { name: 'lists', description: 'Exports of what a list shows' },
          { name: 'webhooks', description: 'Events of vendors' },
          { name: 'system', description: 'Start-up, health and keys' },
        ],
        components: {
          securitySchemes: {
            session: {
              type: 'http',
              scheme: 'bearer',
              bearerFormat: 'JWT',
              description: 'Session token, about a minute.',
            },
          },
        },
      },
      transform: jsonSchemaTransform,
      transformObject: (document) => {
        const transformed = jsonSchemaTransformObject(document);
        referToProblem(transformed as Document);
        return transformed;
      },
    });
    app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  },
  { name: 'openapi', dependencies: ['configuration'] },
);
