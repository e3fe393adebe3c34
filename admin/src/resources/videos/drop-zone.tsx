import { CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { text } from '../../locales/index.ts';
import { videoFiles } from './choose-file.ts';

export type DropZoneProps = {
  /** What may be dropped here. */
  hint: ReactNode;
  onFiles: (files: File[]) => void;
};

/** Takes files from the mouse, and from everybody by its button. */
export function DropZone({ hint, onFiles }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const described = useId();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button inside is everybody's
    <div
      className="mm-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <CloudUploadOutlined className="mm-drop-icon" aria-hidden />
      <p>
        <strong>{over ? text.upload.dropNow : text.upload.drop}</strong>
        <span className="mm-quiet" id={described}>
          {hint}
        </span>
      </p>
      <Button onClick={() => input.current?.click()} aria-describedby={described}>
        {text.upload.choose}
      </Button>
      <input
        ref={input}
        type="file"
        accept={videoFiles}
        multiple
        hidden
        tabIndex={-1}
        aria-label={text.upload.choose}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          event.target.value = '';
        }}
      />
    </div>
  );
}
