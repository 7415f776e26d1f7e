/** A part of the map, in its own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The window through which a large drawing is seen: it is moved by dragging and by the wheel, and made larger and smaller. */
export interface Stage {
  /** How much larger than it is everything is shown, and what lies in the upper left corner. */
  readonly view: { readonly zoom: number; readonly x: number; readonly y: number };
  look(zoom: number, x: number, y: number): void;
  /** Shows a part as it lies, moved no farther than needed; `centre` puts it into the middle. */
  reveal(box: Box, centre?: boolean): void;
  /** As much as there is room for, but no larger than it is. */
  fit(box: Box): void;
  zoomBy(factor: number): void;
  /** Whether a part is in the window, or so close to it that it soon may be. */
  sees(box: Box): boolean;
}

const least = 0.008;
const most = 2.5;
/** Between what is shown and the edge of the window, in pixels. */
const margin = 28;

/** @param moved told after each change */
export function createStage(window: SVGSVGElement, world: SVGGElement, moved: () => void): Stage {
  let view = { zoom: 1, x: -margin, y: -margin };
  let waiting = false;
  const show = (): void => {
    // Many events come between two pictures of the screen.
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      world.setAttribute('transform', `scale(${view.zoom}) translate(${-view.x} ${-view.y})`);
      moved();
    });
  };
  const look = (zoom: number, x: number, y: number): void => {
    view = { zoom: Math.min(most, Math.max(least, zoom)), x, y };
    show();
  };
  /** What is under a point of the window stays there. */
  const zoomAt = (factor: number, left: number, top: number): void => {
    const zoom = Math.min(most, Math.max(least, view.zoom * factor));
    const [x, y] = [view.x + left / view.zoom, view.y + top / view.zoom];
    look(zoom, x - left / zoom, y - top / zoom);
  };
  window.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const [dx, dy] = [event.deltaX * lines, event.deltaY * lines];
      if (event.ctrlKey || event.metaKey) {
        const { left, top } = window.getBoundingClientRect();
        zoomAt(Math.exp(-dy / 300), event.clientX - left, event.clientY - top);
      } else if (event.shiftKey && dx === 0) look(view.zoom, view.x + dy / view.zoom, view.y);
      else look(view.zoom, view.x + dx / view.zoom, view.y + dy / view.zoom);
    },
    { passive: false },
  );
  let dragging: { readonly left: number; readonly top: number; readonly x: number; readonly y: number } | undefined;
  window.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    dragging = { left: event.clientX, top: event.clientY, x: view.x, y: view.y };
  });
  window.addEventListener('pointermove', (event) => {
    if (!dragging) return;
    const [dx, dy] = [event.clientX - dragging.left, event.clientY - dragging.top];
    // A hand that is not quite still has clicked all the same.
    if (!window.hasPointerCapture(event.pointerId)) {
      if (Math.hypot(dx, dy) < 4) return;
      window.setPointerCapture(event.pointerId);
    }
    look(view.zoom, dragging.x - dx / view.zoom, dragging.y - dy / view.zoom);
  });
  const drop = (): void => {
    dragging = undefined;
  };
  window.addEventListener('pointerup', drop);
  window.addEventListener('pointercancel', drop);
  return {
    get view() {
      return view;
    },
    look,
    reveal({ x, y, width, height }, centre = false) {
      const [wide, high] = [window.clientWidth / view.zoom, window.clientHeight / view.zoom];
      const edge = margin / view.zoom;
      const along = (from: number, size: number, at: number, room: number): number => {
        if (centre || size + 2 * edge > room) return size > room ? from - edge : from + size / 2 - room / 2;
        return Math.min(from - edge, Math.max(from + size + edge - room, at));
      };
      look(view.zoom, along(x, width, view.x, wide), along(y, height, view.y, high));
    },
    fit({ x, y, width, height }) {
      const [wide, high] = [window.clientWidth - 2 * margin, window.clientHeight - 2 * margin];
      const zoom = Math.min(1, Math.max(least, Math.min(wide / Math.max(1, width), high / Math.max(1, height))));
      look(zoom, x + width / 2 - window.clientWidth / zoom / 2, y + height / 2 - window.clientHeight / zoom / 2);
    },
    sees({ x, y, width, height }) {
      const [wide, high] = [window.clientWidth / view.zoom, window.clientHeight / view.zoom];
      const isNear = (from: number, size: number, at: number, room: number): boolean =>
        from <= at + 1.25 * room && from + size >= at - 0.25 * room;
      return isNear(x, width, view.x, wide) && isNear(y, height, view.y, high);
    },
    zoomBy: (factor) => zoomAt(factor, window.clientWidth / 2, window.clientHeight / 2),
  };
}
