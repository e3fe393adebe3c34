import type { RecordSource } from '../components/list/record-select.tsx';

export const coachSource: RecordSource = {
  resource: 'profiles',
  nameColumn: 'display_name',
  filters: [{ field: 'role', operator: 'eq', value: 'coach' }],
};

export const videoSource: RecordSource = { resource: 'videos', nameColumn: 'title' };

/** What a link can be made for: everything that is, or will be, playable. */
export const shareableVideoSource: RecordSource = {
  ...videoSource,
  filters: [{ field: 'status', operator: 'in', value: ['uploading', 'processing', 'ready'] }],
};
