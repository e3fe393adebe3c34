import { Modal } from 'antd';
import { useEffect, useRef } from 'react';
import type { Question } from './use-confirm.ts';

/** Asks each question once, also where effects run twice. */
export default function ConfirmDialog({ question }: { question: Question }) {
  const [modal, holder] = Modal.useModal();
  const asked = useRef<Question>(undefined);
  useEffect(() => {
    if (asked.current === question) return;
    asked.current = question;
    void modal.confirm(question);
  }, [modal, question]);
  return holder;
}
