/** What is said once a video plays: the question about measuring, and the keyboard. */
export const strings = {
  consent: {
    title: 'May this page measure how the video plays?',
    text: 'With your OK it reports which parts you watched and whether the picture had to stop and load, so that whoever shared the video can see it, and how fast this page was, without saying whose. Whether the link is being watched is counted either way. Saying no changes nothing for you.',
    yes: 'Yes, measure',
    no: 'No, don’t measure',
    chosenYes: 'You agreed to be measured. You can change that here at any time.',
    chosenNo: 'Nothing is measured. You can change that here at any time.',
    keptHere: 'This browser keeps your answer, and the place where you left off in a video. Nobody is told the place.',
    notice: 'Read the whole notice',
    noticeLoading: 'Fetching the notice…',
    noticeAway: 'The notice can’t be fetched right now. Please try again later.',
    close: 'Close',
    announced: 'Below the video is a question about measuring.',
  },
  keys: {
    title: 'Keyboard shortcuts',
    text: 'They work while the player has the focus.',
    close: 'Close',
    list: [
      [['Space', 'K'], 'Play or pause'],
      [['←', 'J'], 'Back 10 seconds'],
      [['→', 'L'], 'Forward 10 seconds'],
      [['↑', '↓'], 'Louder, quieter'],
      [['M'], 'Sound on or off'],
      [['C'], 'Captions on or off'],
      [['<', '>'], 'Slower, faster'],
      [['F'], 'Full screen'],
      [['P'], 'Picture in picture'],
      [['?'], 'This list'],
    ],
  },
} as const;
