/** Letters of 5 by 7 dots: seven rows of two hexadecimal digits, the lowest five bits being the dots from left to right. */
const GLYPHS: Readonly<Record<string, string>> = {
  A: '0e11111f111111',
  B: '1e11111e11111e',
  C: '0e11101010110e',
  D: '1e11111111111e',
  E: '1f10101e10101f',
  F: '1f10101e101010',
  G: '0e11101711110e',
  H: '1111111f111111',
  I: '0e04040404040e',
  J: '0702020202120c',
  K: '11121418141211',
  L: '1010101010101f',
  M: '111b1515111111',
  N: '11191513111111',
  O: '0e11111111110e',
  P: '1e11111e101010',
  Q: '0e11111115120d',
  R: '1e11111e141211',
  S: '0f10100e01011e',
  T: '1f040404040404',
  U: '1111111111110e',
  V: '11111111110a04',
  W: '11111115151b11',
  X: '11110a040a1111',
  Y: '11110a04040404',
  Z: '1f01020408101f',
  '0': '0e11131519110e',
  '1': '040c040404040e',
  '2': '0e11010608101f',
  '3': '1e01010e01011e',
  '4': '02060a121f0202',
  '5': '1f101e0101110e',
  '6': '0e10101e11110e',
  '7': '1f010204080808',
  '8': '0e11110e11110e',
  '9': '0e11110f01010e',
  '.': '00000000000c0c',
  ',': '000000000c0408',
  ':': '000c0c000c0c00',
  '-': '0000001f000000',
  '!': '04040404040004',
  '?': '0e110106040004',
  "'": '04040800000000',
  '/': '01010204081010',
  '&': '0c12140815120d',
  '+': '0004041f040400',
  '(': '02040808080402',
  ')': '08040202020408',
  ' ': '00000000000000',
};

const GLYPH_WIDTH = 5;
const GLYPH_HEIGHT = 7;
/** Letters and the dot of space on their right. */
const ADVANCE = GLYPH_WIDTH + 1;
const MARGIN = 2;

/** A text as a picture: white dots on black, in the PGM format, which ffmpeg reads. */
export interface TextPicture {
  readonly pgm: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a line of text without any font, since a machine may have none. Capitals only; a character that has no glyph
 * becomes a space. An empty text gives a black picture.
 */
export function drawText(text: string): TextPicture {
  const glyphs = Array.from(text.toUpperCase(), (character) =>
    Buffer.from(GLYPHS[character] ?? GLYPHS[' '] ?? '', 'hex'),
  );
  const width = Math.max(glyphs.length * ADVANCE - 1, 1) + 2 * MARGIN;
  const height = GLYPH_HEIGHT + 2 * MARGIN;
  const dots = Buffer.alloc(width * height);
  glyphs.forEach((rows, index) => {
    rows.forEach((row, y) => {
      for (let x = 0; x < GLYPH_WIDTH; x += 1) {
        const lit = (row >> (GLYPH_WIDTH - 1 - x)) & 1;
        if (lit === 1) dots[(y + MARGIN) * width + MARGIN + index * ADVANCE + x] = 255;
      }
    });
  });
  return { pgm: Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), dots]), width, height };
}
