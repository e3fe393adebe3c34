/** The mark: the two strokes of an M, of which the second is a play sign. Decorative; the name stands beside it. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b5d5a" />
      <path
        d="M7 23.5V9.2c0-.9 1-1.4 1.7-.9L16 13.6"
        fill="none"
        stroke="#fff"
        strokeWidth="3.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M16 9.6 25 15.2c.7.4.7 1.3 0 1.7L16 22.5c-.7.4-1.6 0-1.6-.9V10.5c0-.8.9-1.3 1.6-.9Z" fill="#f2764b" />
    </svg>
  );
}
