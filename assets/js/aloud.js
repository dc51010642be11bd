// Reads the page aloud in the large version, where the browser can.
export function start() {
  if (!("speechSynthesis" in window)) return;
  for (const button of document.querySelectorAll("[data-aloud]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel();
        button.textContent = "朗读本页";
        return;
      }
      const speech = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
      speech.lang = "zh-CN";
      speech.rate = 0.9;
      speech.addEventListener("end", () => {
        button.textContent = "朗读本页";
      });
      button.textContent = "停止朗读";
      speechSynthesis.speak(speech);
    });
  }
}
