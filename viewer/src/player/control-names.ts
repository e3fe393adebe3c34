/**
 * Two of the vendor's controls are named otherwise than what they show, so that nobody who steers by voice can say what they
 * see (WCAG 2.5.3): the speed button shows "1.5x", and the time is a button only to count backwards instead. Here it is a time.
 */
const speedButton = 'media-playback-rate-menu-button';
const timeDisplay = 'media-time-display';

/**
 * Keeps the names right for as long as the player lives; it builds its controls anew whenever its size changes.
 * @param theme root of the vendor's theme, where the controls are
 */
export function nameControls(theme: ShadowRoot): void {
  const correct = () => {
    for (const button of theme.querySelectorAll(speedButton)) {
      const name = button.getAttribute('aria-label');
      if (name !== null && /\d$/.test(name)) button.setAttribute('aria-label', `${name}x`);
    }
    for (const display of theme.querySelectorAll(timeDisplay)) {
      if (!display.hasAttribute('notoggle')) display.setAttribute('notoggle', '');
      if (display.getAttribute('role') !== 'timer') display.setAttribute('role', 'timer');
    }
  };
  const attributeFilter = ['aria-label', 'role'];
  new MutationObserver(correct).observe(theme, { subtree: true, childList: true, attributeFilter });
  correct();
}
