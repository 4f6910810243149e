// The picture is in the browser already, as the preview of what was chosen: it is drawn large without travelling anywhere.

export function show(root, selector) {
  const source = document.querySelector(selector);
  const picture = root.querySelector('[data-picture]');
  const boxes = root.querySelector('[data-boxes]');
  if (!source?.src) {
    return;
  }
  picture.addEventListener('load', () => {
    const { naturalWidth: width, naturalHeight: height } = picture;
    boxes.setAttribute('viewBox', `0 0 ${width} ${height}`);
    root.hidden = false;
    // Letters keep their size whatever the picture's.
    new ResizeObserver(() => boxes.style.setProperty('--unit', `${width / Math.max(1, picture.clientWidth)}px`)).observe(picture);
  }, { once: true });
  picture.src = source.src;
}
