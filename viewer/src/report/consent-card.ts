import type { Keeping } from '../lib/keeping.ts';
import { strings } from '../strings/watching.ts';
import { chooseMeasure, measureChoice } from './consent.ts';
import { recordChoiceOf } from './consent-record.ts';
import { noticeDetails } from './notice.ts';

/**
 * Puts the question whether to measure, below the video and in nobody's way; also later, to look at the answer or change it.
 * To refuse is as easy as to agree: two buttons that differ in their words alone (VW-07).
 */
export function showConsent(host: HTMLElement, keeping: Keeping): void {
  const now = Date.now();
  const choice = measureChoice(keeping, now);
  const { consent } = strings;
  const title = document.createElement('h2');
  title.id = 'consent-title';
  title.tabIndex = -1;
  title.textContent = consent.title;
  const answers = document.createElement('div');
  answers.className = 'answers';
  answers.append(
    ...[false, true].map((measure) =>
      button(measure ? consent.yes : consent.no, 'answer', () => {
        chooseMeasure(keeping, measure, Date.now());
        void recordChoiceOf(keeping);
        close();
      }),
    ),
  );
  const parts = [title, paragraph(consent.text), answers, paragraph(consent.keptHere), noticeDetails()];
  if (choice !== null) {
    parts.splice(1, 0, paragraph(choice ? consent.chosenYes : consent.chosenNo));
    parts.push(button(consent.close, 'link', close));
  }
  host.replaceChildren(...parts);
  host.hidden = false;
  // Who asked for it is led to it; who is watching is not disturbed.
  if (document.activeElement?.id === 'privacy') title.focus();

  function close(): void {
    const hadFocus = host.contains(document.activeElement);
    host.hidden = true;
    host.replaceChildren();
    if (hadFocus) document.getElementById('privacy')?.focus({ preventScroll: true });
  }
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

function button(text: string, className: string, act: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}
