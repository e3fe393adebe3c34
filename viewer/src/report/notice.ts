import { strings } from '../strings/watching.ts';

/** The notice that is meant for somebody in this part of the world: there is one text each for AU, US and EU. */
export function jurisdictionOf(timeZone: string): 'AU' | 'US' | 'EU' {
  if (timeZone.startsWith('America/')) return 'US';
  return timeZone.startsWith('Europe/') ? 'EU' : 'AU';
}

export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** The notice that is shown now in this part of the world; null when it is not to be had. */
export async function currentNotice(): Promise<Notice | null> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await fetch(`/rest/rpc/consent_notice?jurisdiction=${jurisdictionOf(timeZone)}`, {
    headers: { accept: 'application/json' },
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).catch(() => null);
  return readNotice(response?.ok ? await response.json().catch(() => null) : null);
}

/** The whole notice, fetched when somebody opens it. */
export function noticeDetails(): HTMLElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = strings.consent.notice;
  const text = document.createElement('div');
  text.className = 'notice-text';
  details.append(summary, text);
  details.addEventListener('toggle', () => {
    if (details.open) void fill(text);
  });
  return details;
}

async function fill(host: HTMLElement): Promise<void> {
  if (host.dataset.isFilled === 'true') return;
  host.textContent = strings.consent.noticeLoading;
  const notice = await currentNotice();
  if (notice === null) {
    host.textContent = strings.consent.noticeAway;
    return;
  }
  host.dataset.isFilled = 'true';
  const title = document.createElement('h3');
  title.textContent = notice.title;
  const paragraphs = notice.body.split(/\n{2,}/).map((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return paragraph;
  });
  host.replaceChildren(title, ...paragraphs);
}

function readNotice(answer: unknown): Notice | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const { id, title, body }: { id?: unknown; title?: unknown; body?: unknown } = answer;
  const isWhole = typeof id === 'string' && typeof title === 'string' && typeof body === 'string';
  return isWhole ? { id, title, body } : null;
}
