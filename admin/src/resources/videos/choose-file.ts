/** What the browser's dialog offers; the endings are of types that browsers do not know. */
export const videoFiles = 'video/*,.mkv,.m4v';

/** Opens the browser's dialog for one video file, and hands over the file if one is chosen. To be called by a click. */
export function chooseFile(onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = videoFiles;
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) onFile(file);
  });
  input.click();
}
