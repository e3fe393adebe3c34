import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useAccount } from '../config/account.ts';
import { placesOf } from '../config/resources.tsx';
import { useSettings } from '../settings/settings.ts';
import { useSheets } from './sheets/sheets.ts';
import { keysOfPlaces, meaningOf } from './shortcuts.ts';

/** So long after `g` a letter belongs to it. */
const afterGMs = 1500;

const writable = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="combobox"]';
/** What has the keyboard for itself: dialogs, menus, and the player with its own keys. */
const ownKeys = 'dialog[open], [role="dialog"], [role="menu"], mux-player';

/** The keys that work on every page of the signed-in. */
export function useShortcuts(): void {
  const { role } = useAccount();
  const { singleKeys } = useSettings();
  const { shown, open, close } = useSheets();
  const navigate = useNavigate();
  const gAt = useRef(Number.NEGATIVE_INFINITY);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : document.body;
      const isWriting = target.closest(writable) !== null || document.querySelector(ownKeys) !== null;
      const meaning = meaningOf(event, isWriting, performance.now() - gAt.current < afterGMs, singleKeys);
      gAt.current = meaning.does === 'wait' ? performance.now() : Number.NEGATIVE_INFINITY;
      if (meaning.does === 'nothing' || meaning.does === 'wait') return;
      if (meaning.does === 'palette') {
        event.preventDefault();
        // A dialog of a page has something to finish first.
        if (shown === 'palette') close();
        else if (shown || !document.querySelector('[role="dialog"]')) open('palette');
        return;
      }
      if (meaning.does === 'keys') return open('keys');
      if (meaning.does === 'search') {
        const field = document.querySelector<HTMLElement>('main search input[type="search"]');
        if (field) event.preventDefault();
        return field?.focus();
      }
      if (meaning.does !== 'go') return;
      const place = placesOf(role).find(({ resource }) => keysOfPlaces[resource] === meaning.letter);
      if (place) navigate(place.path);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [role, singleKeys, shown, open, close, navigate]);
}
