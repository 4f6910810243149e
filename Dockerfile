# syntax=docker/dockerfile:1
# Built and checked by parsing only: no container engine runs where this is developed.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# npm brings the native parts: ONNX Runtime with CUDA, PostgreSQL, libvips.
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish AvaConsole.Web -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS console
# curl: the health check.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /data avaconsole
WORKDIR /app
COPY --from=build /app .
ENV ASPNETCORE_HTTP_PORTS= \
    Urls=http://0.0.0.0:5080 \
    Data=/data \
    Logging__Format=json
USER avaconsole
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=5 \
    CMD curl --fail --silent --output /dev/null http://127.0.0.1:5080/health/live
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "AvaConsole.Web.dll"]
