// SPDX-License-Identifier: GPL-3.0-or-later
// A page or a part of one as a document, so that no text becomes markup.
export function page(url) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => request.status === 200 ? done(request.response) : failed(request.status);
    request.onerror = failed;
    request.send();
  });
}
