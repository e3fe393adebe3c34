/**
 * What a site's page holds to show the video: our own page in a frame. The secret stands after `#`, so that it reaches no server's log;
 * who reads the page can read it, as whoever has the link.
 */
export function embedSnippet(link: string, title: string): string {
  const address = new URL(link);
  address.searchParams.set('embed', '1');
  return `<iframe src="${attribute(address.href)}" title="${attribute(title)}" width="640" height="460" style="border:0" allow="autoplay; fullscreen; picture-in-picture" referrerpolicy="origin"></iframe>`;
}

function attribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
