import { z } from 'zod';

export const blockAddressBody = z.object({
  address: z
    .union([z.ipv4(), z.ipv6()], 'Write an IP address such as 203.0.113.7 or 2001:db8::1.')
    .describe('The address to block; of an IPv6 address its /64. It is hashed at once and kept nowhere.'),
  expiresAt: z.iso.datetime({ offset: true }).describe('When the block ends by itself: in 30 days at the latest.'),
  reason: z.string().describe('Why; 3 to 500 characters.'),
});
export type BlockAddressBody = z.output<typeof blockAddressBody>;

export const blockAddressAnswer = z.object({
  id: z.uuid(),
  address: z.string().describe('The keyed hash, as the list of blocks shows it.'),
  blockedAt: z.iso.datetime(),
});
export type BlockAddressAnswer = z.output<typeof blockAddressAnswer>;
