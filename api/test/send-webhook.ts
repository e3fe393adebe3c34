import { request } from 'node:http';
import type { WireDelivery } from './forgeries.ts';

/** Sends a delivery exactly as it is: repeated headers stay repeated, which `fetch` would join. */
export function sendWebhook(url: string, { headers, body }: WireDelivery): Promise<{ status: number; json: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { ...headers, 'content-length': body.length } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, json: JSON.parse(Buffer.concat(chunks).toString()) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
