import { DeleteOutlined } from '@ant-design/icons';
import { useList } from '@refinedev/core';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { z } from 'zod';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { useFunction } from '../../resources/use-function.ts';

const viewRow = z.object({ id: z.uuid(), name: z.string(), query: z.string() });
const answer = z.object({ id: z.uuid() });

type Props = { resource: string; onFollow: () => void };

/** The reader's own views of a list: go to one, save what is shown under a name, delete one. */
export default function SavedViews({ resource, onFollow }: Props) {
  const { pathname, search } = useLocation();
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string>();
  const { query, result } = useList({
    resource: 'my_saved_views',
    filters: [{ field: 'list', operator: 'eq', value: resource }],
    sorters: [{ field: 'name', order: 'asc' }],
    pagination: { currentPage: 1, pageSize: 100 },
    meta: { count: 'none' },
    errorNotification: false,
  });
  const save = useFunction('save_view', answer, []);
  const remove = useFunction('delete_view', answer, []);
  const views = z.array(viewRow).safeParse(result.data).data ?? [];
  const shown = search.replace(/^\?/, '');

  const act = async (change: () => Promise<unknown>) => {
    setFailure(undefined);
    try {
      await change();
      await query.refetch();
      return true;
    } catch (error) {
      setFailure(isApiError(error) ? error.message : text.errors.unnamed);
      return false;
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await act(() => save({ list: resource, name, query: shown }))) setName('');
  };

  return (
    <div className="mm-views">
      <h2>{text.views.title}</h2>
      {query.error ? <p role="alert">{query.error.message}</p> : null}
      {views.length === 0 && !query.isPending ? <p className="mm-quiet">{text.views.none}</p> : null}
      <ul>
        {views.map((view) => (
          <li key={view.id}>
            <Link
              to={{ pathname, search: view.query }}
              {...(view.query === shown ? { 'aria-current': 'page' } : {})}
              onClick={onFollow}
            >
              {view.name}
            </Link>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={text.views.remove(view.name)}
              onClick={() => void act(() => remove({ view_id: view.id }))}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          {text.views.name}
          <input
            className="mm-input"
            required
            maxLength={60}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <Button htmlType="submit" disabled={name.trim() === ''}>
          {views.some((view) => view.name === name.trim()) ? text.views.replace : text.views.save}
        </Button>
      </form>
      {failure ? <p role="alert">{failure}</p> : null}
    </div>
  );
}
