;; Drives Emacs as a user would; see editor.lua.  -*- lexical-binding: t -*-
(setq native-comp-deferred-compilation nil
      native-comp-jit-compilation nil)

(defvar editor-saw (getenv "EDITOR_SAW"))

(defun editor-tell (what text)
  (let ((line (format "%s: %s\n" what (replace-regexp-in-string "\n" " " text)))
        (coding-system-for-write 'utf-8))
    (write-region line nil editor-saw t 'silent)))

(defun editor-diagnostics ()
  (dolist (one (flymake-diagnostics))
    (editor-tell "diagnostic"
                 (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg one))
                         (flymake-diagnostic-text one))))
  (flymake-diagnostics))

(defun editor-ask-hover ()
  (goto-char (point-min))
  (search-forward "ws.broadcast")
  (backward-char 3)
  (eldoc t))

(defun editor-hover ()
  (let ((shown (seq-find (lambda (buffer)
                           (string-match-p "\\`[ *]+eldoc" (buffer-name buffer)))
                         (buffer-list))))
    (when shown
      (let ((text (with-current-buffer shown
                    (buffer-substring-no-properties (point-min) (point-max)))))
        (when (string-match-p "ws\\.broadcast" text)
          (editor-tell "hover" text)
          t)))))

(defun editor-ask-completion ()
  (goto-char (point-min))
  (search-forward "return")
  (beginning-of-line)
  (insert "  %x = call @\"Ws.broad")
  (save-excursion (insert "\n"))
  (completion-help-at-point))

(defun editor-completion ()
  (let ((shown (get-buffer "*Completions*")))
    (when shown
      (let ((text (with-current-buffer shown
                    (buffer-substring-no-properties (point-min) (point-max))))
            (start 0)
            (case-fold-search nil))
        (while (string-match "Ws\\.[a-z_]+" text start)
          (setq start (match-end 0))
          (editor-tell "completion" (match-string 0 text)))
        (> start 0)))))

;; Each may have an action before it.
(defvar editor-steps
  '((nil editor-diagnostics)
    (editor-ask-hover editor-hover)
    (editor-ask-completion editor-completion)))

(defvar editor-buffer (current-buffer))
(defvar editor-begun nil)

(defun editor-step ()
  (with-current-buffer (seq-find #'buffer-file-name (buffer-list))
    (let ((step (car editor-steps)))
      (cond
       ((null step) (let ((confirm-kill-processes nil)
                          (kill-emacs-query-functions nil))
                      (set-buffer-modified-p nil)
                      (kill-emacs 0)))
       ((not editor-begun)
        (setq editor-begun t)
        (when (car step) (funcall (car step))))
       ((funcall (cadr step))
        (setq editor-steps (cdr editor-steps)
              editor-begun nil))))))

(run-with-timer 0 0.02 #'editor-step)
