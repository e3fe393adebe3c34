/** The parts of a window that tell who shows it. */
export interface Framed {
  readonly isFramed: boolean;
  /** False when other frames stand between this one and the window. */
  readonly isDirect: boolean;
  readonly origin: string;
  /** Origins from the nearest frame outwards; not told by every browser. */
  readonly ancestorOrigins: readonly string[] | undefined;
  readonly referrer: string;
}

export function framedIn(window: Window): Framed {
  const { location, document } = window;
  const ancestors: DOMStringList | undefined = location.ancestorOrigins;
  return {
    isFramed: window.parent !== window,
    isDirect: window.parent === window.top,
    origin: location.origin,
    ancestorOrigins: ancestors && Array.from(ancestors),
    referrer: document.referrer,
  };
}

/**
 * The site whose page shows this one in a frame, for `embedder` of `POST /api/share/:publicId`; undefined when none does.
 * 'null' stands for a site that cannot be known, as in the `Origin` header: it hides itself, or there are several. The server
 * refuses that one, since no link allows it.
 */
export function embedderOf({ isFramed, isDirect, origin, ancestorOrigins, referrer }: Framed): string | undefined {
  if (!isFramed) return undefined;
  const origins = new Set(ancestorOrigins ?? (isDirect && URL.canParse(referrer) ? [new URL(referrer).origin] : []));
  const [only] = origins;
  if (only === undefined || origins.size > 1) return 'null';
  return only === origin ? undefined : only;
}
