/** Australian English. */
export const enAU = {
  problems: {
    offline: 'The server cannot be reached. Check your connection, then try again.',
    badRequest: 'The server did not understand this request. Reset the filters, then try again.',
    signedOut: 'Your session has ended. Sign in again.',
    refused: 'Your role does not allow this.',
    notFound: 'This does not exist, or you may not see it.',
    conflict: 'Somebody else changed this in the meantime. Reload it, then try again.',
    pageGone: 'This page of the list does not exist any more. Go back to the first page.',
    tooMany: 'Too many requests in a short time. Wait a moment, then try again.',
    unavailable: 'The server is not ready at the moment. Try again in a few seconds.',
    tooSlow: 'This took too long and was stopped. Narrow the filters, then try again.',
    unexpected: 'Something went wrong on the server. Try again; if it stays, give support the request id.',
  },
};
