/**
 * HTTP front doors: dyndns2 and its dialects, the API of the command line, the console.
 *
 * <p>A front door parses and translates; it never decides who may change what. No SQL and no DNS
 * message enters here.
 *
 * <p>Start reading at {@link net.homeport.web.WebListener}: every path and its handler stand there.
 */
@NullMarked
package net.homeport.web;

import org.jspecify.annotations.NullMarked;
