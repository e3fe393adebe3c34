import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../providers/data/index.ts';
import { confirmed } from './step-up.ts';

const needed = () => new ApiError({ statusCode: 403, code: 'auth.step_up_required', message: 'Please confirm.' });

describe('what needs a fresh confirmation', () => {
  it('asks nobody while the server does not', async () => {
    const ask = vi.fn();
    expect(await confirmed(ask, async () => 'done')).toBe('done');
    expect(ask).not.toHaveBeenCalled();
  });

  it('is done again once it is confirmed, as often as the server asks', async () => {
    const ask = vi.fn(async () => true);
    const act = vi.fn().mockRejectedValueOnce(needed()).mockRejectedValueOnce(needed()).mockResolvedValueOnce('done');
    expect(await confirmed(ask, act)).toBe('done');
    expect(ask.mock.calls).toEqual([['Please confirm.'], ['Please confirm.']]);
    expect(act).toHaveBeenCalledTimes(3);
  });

  it('is not done when the person gives up', async () => {
    const act = vi.fn().mockRejectedValue(needed());
    await expect(confirmed(async () => false, act)).rejects.toMatchObject({ code: 'auth.step_up_given_up' });
    expect(act).toHaveBeenCalledOnce();
  });

  it('asks nobody about another refusal', async () => {
    const ask = vi.fn();
    const refusal = new ApiError({ statusCode: 403, code: 'auth.impersonated', message: 'No.' });
    await expect(confirmed(ask, () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(ask).not.toHaveBeenCalled();
  });
});
