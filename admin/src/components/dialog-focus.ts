/**
 * Leads the keyboard through a dialog. Opened: into its first field; the dialog itself would choose its close button, where
 * the first space that is typed closes it. Who is in its form already stays there: a dialog has opened only when its
 * animation ends, and people write sooner. Closed: back to the content, when what opened it is gone (a link that was just
 * revoked has no "Revoke" any more).
 */
export function guideFocus(open: boolean): void {
  if (open) {
    const dialog = [...document.querySelectorAll('[role="dialog"]')].at(-1);
    if (dialog?.querySelector('form :focus')) return;
    dialog?.querySelector<HTMLElement>('form :is(input, textarea):not([type="hidden"], [hidden])')?.focus();
  } else if (document.activeElement === document.body) {
    document.getElementById('content')?.focus({ preventScroll: true });
  }
}
