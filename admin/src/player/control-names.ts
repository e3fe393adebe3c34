/**
 * Two of the vendor's controls are named otherwise than they look, so that who steers by voice cannot say what they see
 * (WCAG 2.5.3): the speed button shows “1.5x” and is named “… 1.5”; the time is shown, but named as a button that turns it
 * round. The speed gets the name it shows; the time becomes a time only.
 *
 * The theme builds its controls anew when the player's size changes, so this watches for as long as the player lives.
 * @returns stops watching
 */
export function correctControlNames(theme: ShadowRoot): () => void {
  const correct = () => {
    for (const button of theme.querySelectorAll('media-playback-rate-menu-button')) {
      const name = button.getAttribute('aria-label') ?? '';
      if (/\d$/.test(name)) button.setAttribute('aria-label', `${name}x`);
    }
    for (const time of theme.querySelectorAll('media-time-display')) {
      if (time.getAttribute('role') !== 'timer') time.setAttribute('role', 'timer');
      if (!time.hasAttribute('notoggle')) time.setAttribute('notoggle', '');
    }
  };
  const watcher = new MutationObserver(correct);
  watcher.observe(theme, { subtree: true, childList: true, attributeFilter: ['aria-label', 'role'] });
  correct();
  return () => watcher.disconnect();
}
