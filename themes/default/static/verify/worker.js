// Keeps the page that verifies at hand without a network. It sees no other page, and it keeps no key, list or badge: what
// is not fetched now is not checked. PAGE and KEPT are written above by the build.

const NAME = `accolade ${PAGE} `;
const CACHE = NAME + KEPT.join(" ");

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...KEPT])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(NAME) && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

const fresh = async (request) => {
  try {
    const response = await fetch(request);
    if (response.ok) await (await caches.open(CACHE)).put(PAGE, response.clone());
    return response;
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { url, method } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname === PAGE) event.respondWith(fresh(event.request));
  else if (KEPT.includes(pathname + search)) event.respondWith(caches.match(url).then((kept) => kept ?? fetch(event.request)));
});
