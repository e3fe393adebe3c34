import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { LateBoundary } from './late-boundary.tsx';

/**
 * A dialog whose code is loaded when it is first opened: whoever only reads a page does not wait for the forms on it. It stays
 * from then on, for it has to be there to close.
 * @param isOpen what opens it, of its props
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  isOpen: (props: Props) => boolean,
): (props: Props) => ReactNode {
  const Loaded = lazy(async () => ({ default: await load() }));
  // biome-ignore lint/correctness/noComponentHookFactories: a factory, called once for each dialog where modules begin
  return function Late(props: Props) {
    const { notifications } = useServices();
    const [wasOpen, setWasOpen] = useState(false);
    if (isOpen(props) && !wasOpen) setWasOpen(true);
    const tellUnreachable = () =>
      notifications.provider.open({ key: 'late', type: 'error', message: text.problems.offline });
    return wasOpen ? (
      <LateBoundary onUnreachable={tellUnreachable}>
        <Suspense>
          <Loaded {...props} />
        </Suspense>
      </LateBoundary>
    ) : null;
  };
}
