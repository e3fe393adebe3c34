import { BookOutlined, ControlOutlined } from '@ant-design/icons';
import { exportedListNames } from '@mm/api/contract';
import { lazy, Suspense } from 'react';
import { text } from '../../locales/index.ts';
import { Disclosure } from '../disclosure.tsx';
import type { Column } from './data-list.tsx';
import { isHideable } from './hidden-columns.ts';
import './list-tools.css';
import type { ListPage } from './use-list-page.ts';

const SavedViews = lazy(() => import('./saved-views.tsx'));
const ExportList = lazy(() => import('./export-list.tsx'));

/** What the api exports as a file; the audit log and the plays have exports of their own. */
const exported: readonly string[] = exportedListNames;

// biome-ignore lint/suspicious/noExplicitAny: what rows are makes no difference to which columns are shown
type Props = { list: ListPage<any>; columns: readonly Column<any>[] };

/** Beside a list that has an address: views of it that were saved, and which columns it shows. */
export function ListTools({ list, columns }: Props) {
  const { address } = list;
  if (!address) return null;
  const { hidden, hide, resource } = address;
  const choosable = columns.filter(isHideable);
  const left = choosable.filter(({ key }) => hidden.includes(key)).length;
  return (
    <div className="mm-list-tools">
      {exported.includes(resource) && list.rows.length > 0 ? (
        <Suspense>
          <ExportList list={list} resource={resource} />
        </Suspense>
      ) : null}
      <Disclosure
        label={text.views.title}
        buttonClass="mm-tool"
        panel={(close) => (
          <Suspense>
            <SavedViews resource={resource} onFollow={close} />
          </Suspense>
        )}
      >
        <BookOutlined aria-hidden />
        {text.views.title}
      </Disclosure>
      {choosable.length > 0 ? (
        <Disclosure
          label={text.list.columns(choosable.length - left, choosable.length)}
          panelLabel={text.list.columnsTitle}
          buttonClass="mm-tool"
          panel={() => (
            <fieldset className="mm-columns-choice">
              <legend>{text.list.columnsTitle}</legend>
              {choosable.map(({ key, title }) => (
                <label key={key}>
                  <input
                    type="checkbox"
                    className="mm-check"
                    checked={!hidden.includes(key)}
                    onChange={({ target }) =>
                      hide(target.checked ? hidden.filter((other) => other !== key) : [...hidden, key])
                    }
                  />
                  {title}
                </label>
              ))}
            </fieldset>
          )}
        >
          <ControlOutlined aria-hidden />
          {text.list.columns(choosable.length - left, choosable.length)}
        </Disclosure>
      ) : null}
    </div>
  );
}
